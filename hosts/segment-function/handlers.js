// What Segment calls. Each value of the settings has an engine of its own, which is made by `intercomEngine`, the other half of the pasted
// file: a token that changes, or an engine that fails, leaves nothing behind.
import { reporter } from "../../js/errors.js";
import { errorFor, givenBack, noList, statusOf } from "./answers.js";
import { readSettings } from "./settings.js";

// Segment's limit is 5,000 ms. Nothing is sent after the first, and what is on its way by then has the second.
const SENDING = 3400;
const GRACE = 700;
const MOST_CLOUDS = 8;
// What another process of Segment's has written is not known here.
const ONE_OF_SEVERAL = { skipEqualContacts: false, skipEqualCompanies: false };

/** The Clouds by the text of their settings, least recently used first. */
const clouds = new Map();
const report = reporter();

const open = async (settings) =>
  intercomEngine().createCloud({
    ...ONE_OF_SEVERAL,
    ...readSettings(settings),
    // Not globalThis's: how the sandbox provides them is its own business.
    fetch: (url, init) => fetch(url, init),
    clock: { now: () => Date.now(), setTimeout: (work, delay) => setTimeout(work, delay), clearTimeout: (timer) => clearTimeout(timer) },
    patience: SENDING,
    requestTimeout: SENDING,
  });

const cloudFor = (settings) => {
  const key = JSON.stringify(settings) ?? "";
  const cloud = clouds.get(key) ?? open(settings);
  clouds.delete(key);
  clouds.set(key, cloud);
  if (clouds.size > MOST_CLOUDS) clouds.delete(clouds.keys().next().value);
  const forget = () => clouds.get(key) === cloud && clouds.delete(key);
  return { cloud, forget };
};

const deliver = async (events, settings) => {
  const end = Date.now() + SENDING;
  const { cloud, forget } = cloudFor(settings);
  try {
    const { deliver, stop } = await cloud;
    const timer = setTimeout(() => stop(GRACE), Math.max(end - Date.now(), 0));
    const outcomes = await deliver(events);
    clearTimeout(timer);
    if (outcomes.some(({ code }) => code === "engine_fault")) forget();
    for (const { code, message } of outcomes.flatMap(({ warnings }) => warnings)) report(code, message);
    return outcomes;
  } catch (error) {
    // Settings that can't be used: Segment has four hours to be given better ones.
    forget();
    return events.map(() => givenBack(error));
  }
};

export const onEvent = async (event, settings) => {
  const [outcome] = await deliver([event], settings);
  const error = errorFor(event, outcome);
  if (error) throw error;
};

export const onBatch = async (events, settings) => {
  if (!Array.isArray(events)) throw noList();
  return (await deliver(events, settings)).map(statusOf);
};

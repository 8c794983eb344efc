// Which object of a workspace delivers what. Each has a number, its lane; a person's events have one lane.
import { partitionOf } from "../receiver/queued.js";

export const lanesOf = ({ LANES }) => Math.max(Math.trunc(Number(LANES)), 1) || 1;

export const laneOf = (env, event) => partitionOf(event, lanesOf(env));

/** The object of a lane. The first one also has the memory that all share. */
export const workspaceOf = (env, lane) => env.WORKSPACE.getByName(String(lane));

/** One line of JSON for each thing that happens; nothing of an event is in it. */
export const log = (level, message, fields) => console[level](JSON.stringify({ level, message, ...fields }));

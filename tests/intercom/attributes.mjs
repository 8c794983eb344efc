// Custom attributes: what exists, and whether a value fits. One that does not exist refuses the whole write.
import { invalid, missing, Refusal } from "./answers.mjs";

const types = ["string", "integer", "float", "boolean", "datetime", "date", "options"];

const standard = {
  contact: {
    external_id: "string",
    email: "string",
    phone: "string",
    name: "string",
    signed_up_at: "date",
    last_seen_at: "date",
    role: "string",
  },
  company: {
    company_id: "string",
    name: "string",
    plan: "string",
    size: "integer",
    monthly_spend: "float",
    website: "string",
    industry: "string",
  },
};

const people = { contact: "people", company: "company" };

export function createAttributes(workspace) {
  const { options, seconds, note } = workspace;
  const { limits, switches } = options;
  const acceptsAny = options.attributes === "any";
  const known = { contact: new Map(), company: new Map() };
  let count = 0;

  function define({ model, name, data_type, options: list, archived = false, api_writable = true, description = null }) {
    count += 1;
    const at = seconds();
    known[model].set(name, {
      id: count,
      model,
      name,
      data_type,
      options: list,
      archived,
      api_writable,
      description,
      created_at: at,
      updated_at: at,
    });
    return known[model].get(name);
  }

  function checkDefinition(body) {
    const { name, model, data_type: type } = body;
    if (!Object.hasOwn(known, model)) throw invalid("The Data Attribute model field must be either contact or company", "model");
    if (!name || typeof name !== "string") throw missing("name not specified", "name");
    if (!/^[\p{L}\p{N}\p{Sc} _-]+$/u.test(name)) {
      throw invalid("Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens", "name");
    }
    if (!types.includes(type)) throw invalid("Data Type isn't an option", "data_type");
    if (type === "options" && !Array.isArray(body.options)) throw invalid("Options isn't an array", "options");
    if (type === "options" && body.options.length < 2) throw invalid("A list needs at least two options", "options");
  }

  function create(body) {
    checkDefinition(body);
    refuseTaken(body);
    const used = [...known.contact.values(), ...known.company.values()].filter((one) => !one.archived).length;
    if (used >= limits.attributes) throw invalid(`You have reached the limit of ${limits.attributes} custom data attributes`);
    const list = body.options?.map((one) => String(one?.value ?? one));
    return view(define({ ...body, options: list }));
  }

  // Contacts and companies share their names.
  function refuseTaken({ name, model }) {
    const holder = ["contact", "company"].find((one) => known[one].has(name) || (one === model && Object.hasOwn(standard[one], name)));
    if (holder === undefined) return;
    throw invalid(
      `You already have '${name}' in your ${people[holder]} data. To save this as new ${people[model]} data, use a different name.`,
    );
  }

  function list(query) {
    const models = query.get("model") ? [query.get("model")] : ["contact", "company"];
    if (!models.every((model) => Object.hasOwn(known, model))) throw invalid("model must be contact or company", "model");
    const includesArchived = query.get("include_archived") === "true";
    const data = models.flatMap((model) => [
      ...Object.entries(standard[model]).map(([name, type]) => viewStandard(model, name, type)),
      ...[...known[model].values()].filter((one) => includesArchived || !one.archived).map(view),
    ]);
    return { type: "list", data };
  }

  /** The values to keep, merged over those there were: null clears one. */
  function merge(model, given, old) {
    if (given === undefined || given === null) return old;
    if (typeof given !== "object" || Array.isArray(given)) throw invalid("custom_attributes must be an object", "custom_attributes");
    const merged = new Map(Object.entries(old));
    for (const [name, value] of Object.entries(given)) {
      const kept = check(model, name, value);
      if (kept === null) merged.delete(name);
      else merged.set(name, kept);
    }
    return Object.fromEntries(merged);
  }

  function check(model, name, value) {
    const attribute = known[model].get(name);
    if (!attribute && !acceptsAny) throw invalid(`Custom attribute '${name}' does not exist`);
    if (attribute?.archived) throw invalid(`Custom attribute '${name}' does not exist`);
    if (attribute && !attribute.api_writable) throw invalid(`Custom attribute '${name}' is not writable`);
    if (value === null) return null;
    if (typeof value === "object") throw invalid(`Custom attribute '${name}' must be a string, number or boolean`);
    return fit(attribute?.data_type, attribute, name, value);
  }

  function fit(type, attribute, name, value) {
    if (type === "options" && !attribute.options.includes(value)) {
      throw invalid(`Custom attribute '${name}' must be one of: ${attribute.options.join(", ")}`);
    }
    if (type !== undefined && type !== "options" && !isOfType(type, value)) {
      throw invalid(`Custom attribute '${name}' has an invalid value, expected ${type}`);
    }
    if (typeof value !== "string" || value.length <= limits.textLength) return value;
    if (switches.longText === "refuse")
      throw invalid(`Custom attribute '${name}' is too long (maximum is ${limits.textLength} characters)`);
    note("text_cut");
    return value.slice(0, limits.textLength);
  }

  if (!acceptsAny) {
    options.attributes.forEach((one, index) => {
      try {
        checkDefinition(one);
      } catch (error) {
        throw error instanceof Refusal ? new TypeError(`attributes[${index}]: ${error.message}`) : error;
      }
      define(one);
    });
  }
  return { create, list, merge, all: () => [...known.contact.values(), ...known.company.values()].map(view) };
}

function isOfType(type, value) {
  if (type === "string") return typeof value === "string";
  if (type === "boolean") return typeof value === "boolean";
  if (type === "float") return typeof value === "number";
  return Number.isInteger(value);
}

// A list is shown as text with options, a point in time as a date.
const shown = { options: "string", datetime: "date" };

function view({ options: list, data_type: type, model, name, ...rest }) {
  return {
    type: "data_attribute",
    ...rest,
    model,
    name,
    full_name: `custom_attributes.${name}`,
    label: name,
    data_type: shown[type] ?? type,
    ...(list && { options: list }),
    messenger_writable: false,
    ui_writable: true,
    custom: true,
  };
}

function viewStandard(model, name, type) {
  return {
    type: "data_attribute",
    model,
    name,
    full_name: name,
    label: name,
    data_type: type,
    api_writable: true,
    messenger_writable: true,
    ui_writable: false,
    custom: false,
    archived: false,
  };
}

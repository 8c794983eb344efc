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

export class Attributes {
  #known = { contact: new Map(), company: new Map() };
  #count = 0;
  #workspace;
  #limits;
  #acceptsAny;

  constructor(workspace) {
    const { attributes, limits } = workspace.options;
    this.#workspace = workspace;
    this.#limits = limits;
    this.#acceptsAny = attributes === "any";
    if (this.#acceptsAny) return;
    for (const [index, attribute] of attributes.entries()) this.#defineGiven(attribute, `attributes[${index}]`);
  }

  #defineGiven(attribute, place) {
    try {
      this.#checkDefinition(attribute);
    } catch (error) {
      throw error instanceof Refusal ? new TypeError(`${place}: ${error.message}`) : error;
    }
    this.#define(attribute);
  }

  #define({ model, name, data_type, options: list, archived = false, api_writable = true, description = null }) {
    this.#count += 1;
    const at = this.#workspace.seconds();
    this.#known[model].set(name, {
      id: this.#count,
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
    return this.#known[model].get(name);
  }

  #checkDefinition(body) {
    const { name, model, data_type: type } = body;
    if (!Object.hasOwn(this.#known, model)) throw invalid("The Data Attribute model field must be either contact or company", "model");
    if (!name || typeof name !== "string") throw missing("name not specified", "name");
    if (!/^[\p{L}\p{N}\p{Sc} _-]+$/u.test(name)) {
      throw invalid("Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens", "name");
    }
    if (!types.includes(type)) throw invalid("Data Type isn't an option", "data_type");
    if (type === "options" && !Array.isArray(body.options)) throw invalid("Options isn't an array", "options");
    if (type === "options" && body.options.length < 2) throw invalid("A list needs at least two options", "options");
  }

  create(body) {
    this.#checkDefinition(body);
    this.#refuseTaken(body);
    const used = this.#ofAll().filter((one) => !one.archived).length;
    if (used >= this.#limits.attributes) throw invalid(`You have reached the limit of ${this.#limits.attributes} custom data attributes`);
    const list = body.data_type === "options" ? body.options.map((one) => String(one?.value ?? one)) : undefined;
    return view(this.#define({ ...body, options: list }));
  }

  // Contacts and companies share their names.
  #refuseTaken({ name, model }) {
    const holder = ["contact", "company"].find(
      (one) => this.#known[one].has(name) || (one === model && Object.hasOwn(standard[one], name)),
    );
    if (holder === undefined) return;
    throw invalid(
      `You already have '${name}' in your ${people[holder]} data. To save this as new ${people[model]} data, use a different name.`,
    );
  }

  list(query) {
    const models = query.get("model") ? [query.get("model")] : ["contact", "company"];
    if (!models.every((model) => Object.hasOwn(this.#known, model))) throw invalid("model must be contact or company", "model");
    const includesArchived = query.get("include_archived") === "true";
    const data = models.flatMap((model) => [
      ...Object.entries(standard[model]).map(([name, type]) => viewStandard(model, name, type)),
      ...[...this.#known[model].values()].filter((one) => includesArchived || !one.archived).map(view),
    ]);
    return { type: "list", data };
  }

  /** The values to keep, merged over those there were: null clears one. */
  merge(model, given, old) {
    if (given === undefined || given === null) return old;
    if (typeof given !== "object" || Array.isArray(given)) throw invalid("custom_attributes must be an object", "custom_attributes");
    const merged = new Map(Object.entries(old));
    for (const [name, value] of Object.entries(given)) {
      const kept = this.#check(model, name, value);
      if (kept === null) merged.delete(name);
      else merged.set(name, kept);
    }
    return Object.fromEntries(merged);
  }

  #check(model, name, value) {
    const attribute = this.#known[model].get(name);
    if (!attribute && !this.#acceptsAny) throw invalid(`Custom attribute '${name}' does not exist`);
    if (attribute?.archived) throw invalid(`Custom attribute '${name}' does not exist`);
    if (attribute && !attribute.api_writable) throw invalid(`Custom attribute '${name}' is not writable`);
    if (value === null) return null;
    if (typeof value === "object") throw invalid(`Custom attribute '${name}' must be a string, number or boolean`);
    return this.#fit(attribute?.data_type, attribute, name, value);
  }

  #fit(type, attribute, name, value) {
    if (type === "options" && !attribute.options.includes(value)) {
      throw invalid(`Custom attribute '${name}' must be one of: ${attribute.options.join(", ")}`);
    }
    if (type !== undefined && type !== "options" && !isOfType(type, value)) {
      throw invalid(`Custom attribute '${name}' has an invalid value, expected ${type}`);
    }
    if (typeof value !== "string" || value.length <= this.#limits.textLength) return value;
    if (this.#workspace.options.switches.longText === "refuse")
      throw invalid(`Custom attribute '${name}' is too long (maximum is ${this.#limits.textLength} characters)`);
    this.#workspace.note("text_cut");
    return value.slice(0, this.#limits.textLength);
  }

  all() {
    return this.#ofAll().map(view);
  }

  #ofAll() {
    return [...this.#known.contact.values(), ...this.#known.company.values()];
  }
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

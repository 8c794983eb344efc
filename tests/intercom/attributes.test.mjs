import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";

const attributes = [
  { model: "contact", name: "note", data_type: "string" },
  { model: "contact", name: "count", data_type: "integer" },
  { model: "contact", name: "share", data_type: "float" },
  { model: "contact", name: "flag", data_type: "boolean" },
  { model: "contact", name: "since", data_type: "date" },
  { model: "contact", name: "tier", data_type: "options", options: ["gold", "silver"] },
  { model: "contact", name: "old", data_type: "string", archived: true },
  { model: "contact", name: "locked", data_type: "string", api_writable: false },
  { model: "company", name: "area", data_type: "string" },
];

test("an attribute that does not exist refuses the whole write", () => {
  const { refused, done, intercom } = openWorkspace({ attributes });
  const { status, code, message } = refused("POST", "/contacts", user("u-1", { custom_attributes: { note: "a", x: 1 } }));
  assert.deepEqual([status, code, message], [400, "parameter_invalid", "Custom attribute 'x' does not exist"]);
  assert.equal(intercom.state().contacts.length, 0);
  const { id } = done("POST", "/contacts", user("u-1"));
  refused("PUT", `/contacts/${id}`, { name: "Ada", custom_attributes: { x: 1 } });
  assert.equal(done("GET", `/contacts/${id}`).name, null);
});

test("contacts' attributes are not companies'", () => {
  const { refused, done } = openWorkspace({ attributes });
  assert.equal(refused("POST", "/companies", { company_id: "c-1", custom_attributes: { note: "a" } }).status, 400);
  const made = done("POST", "/companies", { company_id: "c-1", custom_attributes: { area: "north" } });
  assert.deepEqual(made.custom_attributes, { area: "north" });
});

test("values of the attribute's type are kept, merged over those there were, and cleared by null", () => {
  const { done } = openWorkspace({ attributes });
  const first = { note: "a", count: 3, share: 1.5, flag: false, since: 1700000000, tier: "gold" };
  const { id } = done("POST", "/contacts", user("u-1", { custom_attributes: first }));
  assert.deepEqual(done("GET", `/contacts/${id}`).custom_attributes, first);
  done("PUT", `/contacts/${id}`, { custom_attributes: { note: null, count: 4 } });
  const { note: _, ...rest } = first;
  assert.deepEqual(done("GET", `/contacts/${id}`).custom_attributes, { ...rest, count: 4 });
});

test("values of another type, outside the list, nested, too long, archived or locked refuse the write", () => {
  const { refused } = openWorkspace({ attributes });
  const wrong = [
    ["note", 1],
    ["count", "3"],
    ["count", 1.5],
    ["share", "1"],
    ["flag", "true"],
    ["since", "2026-01-02"],
    ["tier", "bronze"],
    ["note", { a: 1 }],
    ["note", ["a"]],
    ["note", "x".repeat(256)],
    ["old", "a"],
    ["locked", "a"],
  ];
  for (const [name, value] of wrong) {
    const { status, message } = refused("POST", "/contacts", user("u-1", { custom_attributes: { [name]: value } }));
    assert.equal(status, 400, name);
    assert.match(message, new RegExp(`'${name}'`));
  }
  assert.equal(refused("POST", "/contacts", user("u-1", { custom_attributes: [] })).status, 400);
});

test("with any attribute taken, values still may not be nested", () => {
  const { done, refused } = openWorkspace({ attributes: "any" });
  const custom = JSON.parse('{"x":1,"__proto__":"a"}');
  assert.deepEqual(done("POST", "/contacts", user("u-1", { custom_attributes: custom })).custom_attributes, custom);
  assert.equal(refused("POST", "/contacts", user("u-2", { custom_attributes: { x: {} } })).status, 400);
});

test("the list has standard and custom attributes of a model, archived ones on demand", () => {
  const { done, refused } = openWorkspace({ attributes });
  const list = done("GET", "/data_attributes?model=contact").data;
  const tier = list.find(({ name }) => name === "tier");
  assert.deepEqual([tier.full_name, tier.data_type, tier.options], ["custom_attributes.tier", "string", ["gold", "silver"]]);
  assert.equal(list.find(({ name }) => name === "email").custom, false);
  assert.equal(
    list.some(({ name }) => name === "old" || name === "area"),
    false,
  );
  const all = done("GET", "/data_attributes?include_archived=true").data.map(({ name }) => name);
  assert.ok(all.includes("old") && all.includes("area"));
  assert.equal(refused("GET", "/data_attributes?model=shoe").status, 400);
});

test("an attribute that was made can be written", () => {
  const { done } = openWorkspace();
  const made = done("POST", "/data_attributes", { name: "plan type", model: "contact", data_type: "string" });
  assert.equal(made.full_name, "custom_attributes.plan type");
  done("POST", "/data_attributes", { name: "tier", model: "contact", data_type: "options", options: [{ value: "a" }, { value: "b" }] });
  const custom = { "plan type": "x", tier: "a" };
  assert.deepEqual(done("POST", "/contacts", user("u-1", { custom_attributes: custom })).custom_attributes, custom);
});

test("a name that exists is refused for either model, and so are odd names, types and lists", () => {
  const { refused } = openWorkspace({ attributes });
  const make = (more) => refused("POST", "/data_attributes", { name: "new", model: "contact", data_type: "string", ...more });
  assert.equal(
    make({ name: "note" }).message,
    "You already have 'note' in your people data. To save this as new people data, use a different name.",
  );
  assert.equal(
    make({ name: "area" }).message,
    "You already have 'area' in your company data. To save this as new people data, use a different name.",
  );
  assert.equal(make({ name: "email" }).status, 400);
  assert.match(make({ name: "!nv@l!d" }).message, /alphanumeric/);
  assert.equal(make({ data_type: "mithril" }).message, "Data Type isn't an option");
  assert.equal(make({ model: "shoe" }).status, 400);
  assert.equal(make({ data_type: "options", options: ["a"] }).status, 400);
  assert.equal(make({ data_type: "options", options: "a, b" }).message, "Options isn't an array");
  for (const name of ["", 5, undefined]) assert.equal(make({ name }).code, "parameter_not_found");
});

test("a workspace has a limit of attributes, which archived ones do not count for", () => {
  const { done, refused } = openWorkspace({ limits: { attributes: 2 }, attributes: attributes.slice(6, 8) });
  done("POST", "/data_attributes", { name: "one", model: "contact", data_type: "string" });
  assert.match(refused("POST", "/data_attributes", { name: "two", model: "company", data_type: "string" }).message, /limit of 2/);
});

test("text of 255 characters is kept, longer text is cut where the switch says so", () => {
  const { done, intercom } = openWorkspace({ attributes, switches: { longText: "cut" } });
  const write = (length) =>
    done("POST", "/contacts", { role: "lead", custom_attributes: { note: "x".repeat(length) } }).custom_attributes.note.length;
  assert.equal(write(255), 255);
  assert.deepEqual(intercom.state().counters.notes, {});
  assert.equal(write(256), 255);
  assert.deepEqual(intercom.state().counters.notes, { text_cut: 1 });
  assert.equal(
    openWorkspace({ attributes }).done("POST", "/contacts", { role: "lead", custom_attributes: { note: "x".repeat(255) } })
      .custom_attributes.note.length,
    255,
  );
});

test("attributes have ids of their own", () => {
  const { intercom } = openWorkspace({ attributes });
  const ids = intercom.state().attributes.map(({ id }) => id);
  assert.deepEqual(
    [...ids].sort((one, other) => one - other),
    Array.from({ length: attributes.length }, (_, index) => index + 1),
  );
  assert.ok(intercom.state().attributes.every(({ custom }) => custom));
});

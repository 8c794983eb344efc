import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";

test("a company is made once by its company_id and updated after that", () => {
  const { done, intercom } = openWorkspace();
  const made = done("POST", "/companies", {
    company_id: "c-1",
    name: "One",
    plan: "pro",
    size: 5,
    monthly_spend: 19.99,
    remote_created_at: 1700000000,
  });
  assert.match(made.id, /^[0-9a-f]{24}$/);
  assert.deepEqual([made.plan.name, made.monthly_spend, made.remote_created_at], ["pro", 19, 1700000000]);
  const again = done("POST", "/companies", { company_id: "c-1", name: "Two" });
  assert.deepEqual([again.id, again.name, again.size], [made.id, "Two", 5]);
  assert.equal(intercom.state().companies.length, 1);
});

test("a company's fields of a wrong kind refuse the write", () => {
  const { refused, intercom } = openWorkspace();
  for (const wrong of [{ size: "50-100" }, { monthly_spend: 2 ** 31 }, { remote_created_at: "2026-01-02T03:04:05Z" }, { name: {} }]) {
    assert.equal(refused("POST", "/companies", { company_id: "c-1", ...wrong }).code, "parameter_invalid");
  }
  assert.equal(refused("POST", "/companies", { name: "One" }).code, "parameter_not_found");
  assert.equal(intercom.state().companies.length, 0);
});

test("attaching works, works again, and is told by both sides", () => {
  const { done, intercom } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  assert.equal(done("POST", `/contacts/${contact}/companies`, { id: company }).company_id, "c-1");
  done("POST", `/contacts/${contact}/companies`, { id: company });
  assert.deepEqual(done("GET", `/contacts/${contact}/companies`).data.length, 1);
  assert.equal(done("GET", `/companies/${company}`).user_count, 1);
  assert.equal(done("GET", `/contacts/${contact}`).companies.data[0].id, company);
  assert.deepEqual(intercom.state().contacts[0].companies, ["c-1"]);
  assert.equal(intercom.state().attachments.length, 1);
});

test("attaching tells a missing company, a missing contact and a missing id apart", () => {
  const { done, refused } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  assert.deepEqual(
    [
      refused("POST", `/contacts/${contact}/companies`, { id: "none" }),
      refused("POST", "/contacts/none/companies", { id: company }),
      refused("POST", `/contacts/${contact}/companies`, {}),
    ].map(({ status, code }) => [status, code]),
    [
      [404, "company_not_found"],
      [404, "not_found"],
      [400, "parameter_not_found"],
    ],
  );
});

test("a contact has a limit of companies, which attaching again does not touch", () => {
  const { done, refused } = openWorkspace({ limits: { companiesPerContact: 1 } });
  const contact = done("POST", "/contacts", user("u-1")).id;
  const [one, two] = ["c-1", "c-2"].map((id) => done("POST", "/companies", { company_id: id }).id);
  done("POST", `/contacts/${contact}/companies`, { id: one });
  assert.equal(refused("POST", `/contacts/${contact}/companies`, { id: two }).code, "contact_company_limit_exceeded");
  done("POST", `/contacts/${contact}/companies`, { id: one });
});

test("detaching takes the company off; what is not attached cannot be detached", () => {
  const { done, refused, intercom } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  done("POST", `/contacts/${contact}/companies`, { id: company });
  assert.equal(done("DELETE", `/contacts/${contact}/companies/${company}`).id, company);
  assert.deepEqual(intercom.state().contacts[0].companies, []);
  assert.equal(refused("DELETE", `/contacts/${contact}/companies/${company}`).status, 404);
});

test("a company is found and updated by id, found by company_id, and gone when deleted", () => {
  const { done, refused, intercom } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  const { id } = done("POST", "/companies", { company_id: "c/1" });
  done("POST", `/contacts/${contact}/companies`, { id });
  assert.equal(done("GET", `/companies?company_id=${encodeURIComponent("c/1")}`).id, id);
  assert.equal(done("PUT", `/companies/${id}`, { industry: "Toys" }).industry, "Toys");
  done("DELETE", `/companies/${id}`);
  assert.equal(refused("PUT", `/companies/${id}`, {}).code, "company_not_found");
  assert.deepEqual(intercom.state().contacts[0].companies, []);
});

test("a tag is put on contacts and companies and taken off again", () => {
  const { done, refused, intercom } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  done("POST", "/companies", { company_id: "c-1" });
  const tag = done("POST", "/tags", { name: "vip", users: [{ id: contact }] });
  assert.equal(done("POST", "/tags", { name: "vip", companies: [{ company_id: "c-1" }] }).id, tag.id);
  assert.deepEqual(intercom.state().contacts[0].tags, ["vip"]);
  done("POST", "/tags", { name: "vip", users: [{ id: contact, untag: true }] });
  assert.deepEqual(intercom.state().contacts[0].tags, []);
  assert.equal(refused("POST", "/tags", { name: "vip", users: [{ id: "none" }] }).status, 404);
});

test("a field that companies do not have refuses the write and is named, or is ignored as the switch says", () => {
  const body = { company_id: "c-1", name: "One", contact_id: "x" };
  const { refused, done, intercom } = openWorkspace();
  const { status, code, message } = refused("POST", "/companies", body);
  assert.deepEqual([status, code, message], [400, "bad_request", "bad 'contact_id' parameter"]);
  assert.equal(intercom.state().companies.length, 0);
  const { id } = done("POST", "/companies", { company_id: "c-1" });
  assert.equal(refused("PUT", `/companies/${id}`, { shoe: 1 }).code, "bad_request");
  const seen = { company_id: "c-1", update_last_request_at: true };
  assert.equal(refused("POST", "/companies", seen, { "intercom-version": "2.15" }).status, 400);
  done("POST", "/companies", seen, { "intercom-version": "2.16" });
  openWorkspace({ switches: { unknownCompanyField: "ignore" } }).done("POST", "/companies", body);
});

test("a company counts its live contacts", () => {
  const { done } = openWorkspace();
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  const users = ["u-1", "u-2", "u-3"].map((id) => done("POST", "/contacts", user(id)).id);
  for (const id of users) done("POST", `/contacts/${id}/companies`, { id: company });
  const counted = () => done("GET", `/companies/${company}`).user_count;
  assert.equal(counted(), 3);
  done("PUT", `/contacts/${users[0]}`, { name: "Ada" });
  assert.equal(counted(), 3);
  done("POST", `/contacts/${users[0]}/archive`);
  done("DELETE", `/contacts/${users[1]}`);
  assert.equal(counted(), 1);
  done("POST", `/contacts/${users[0]}/unarchive`);
  assert.equal(counted(), 2);
});

test("a deleted company's company_id is free for a new one", () => {
  const { done } = openWorkspace();
  const { id } = done("POST", "/companies", { company_id: "c-1" });
  assert.deepEqual(done("DELETE", `/companies/${id}`), { id, object: "company", deleted: true });
  assert.notEqual(done("POST", "/companies", { company_id: "c-1" }).id, id);
});

test("a contact shows ten of its companies and says that there are more", () => {
  const { done } = openWorkspace();
  const contact = done("POST", "/contacts", user("u-1")).id;
  const attach = (id) => done("POST", `/contacts/${contact}/companies`, { id: done("POST", "/companies", { company_id: id }).id });
  const shown = () => done("GET", `/contacts/${contact}`).companies;
  for (let count = 0; count < 10; count += 1) attach(`c-${count}`);
  assert.deepEqual([shown().total_count, shown().data.length, shown().has_more], [10, 10, false]);
  attach("c-10");
  assert.deepEqual([shown().total_count, shown().data.length, shown().has_more], [11, 10, true]);
  assert.equal(shown().data[0].url, `/companies/${shown().data[0].id}`);
  const tag = done("POST", "/tags", { name: "vip", users: [{ id: contact }] });
  assert.equal(done("GET", `/contacts/${contact}`).tags.data[0].url, `/tags/${tag.id}`);
});

test("numbers of companies are whole, up to 2^31 - 1, and cleared by null", () => {
  const { done, refused, intercom } = openWorkspace();
  const most = 2 ** 31 - 1;
  assert.equal(done("POST", "/companies", { company_id: "c-1", monthly_spend: most, size: 1.9 }).monthly_spend, most);
  assert.deepEqual([intercom.state().companies[0].size, intercom.state().counters.notes], [1, { number_cut: 1 }]);
  done("POST", "/companies", { company_id: "c-1", size: null });
  assert.equal(intercom.state().companies[0].size, null);
  assert.equal(refused("POST", "/companies", '{"company_id":"c-1","size":1e999}').status, 400);
  assert.equal(refused("POST", "/tags", { name: 5 }).code, "parameter_not_found");
  assert.equal(refused("POST", "/tags", {}).code, "parameter_not_found");
});

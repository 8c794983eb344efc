// The endpoints there are, and what each does.
import { reference, viewContact } from "./contact-view.mjs";
import { Search } from "./search.mjs";

/** Rows for `createRouter`; each work gets the path's values, `query`, `body` and `version`, and answers with status and body. */
export function endpoints(workspace) {
  const { contacts, companies, events, attributes, merging, tags, options } = workspace;
  const search = new Search(workspace);
  return [
    ["GET", "/me", () => [200, viewAdmin(options.region)]],
    ["POST", "/contacts", ({ body, version }) => [200, viewContact(contacts.create(body), version)]],
    ["POST", "/contacts/search", ({ body, version }) => [200, viewPage(search.run(body), version)]],
    ["POST", "/contacts/merge", ({ body, version }) => [200, viewContact(merging.merge(body, version), version)]],
    ["POST", "/visitors/convert", ({ body, version }) => [200, viewContact(merging.convert(body, version), version)]],
    [
      "GET",
      "/contacts/find_by_external_id/{external_id}",
      (call) => [200, viewContact(contacts.find(call.external_id, call.version), call.version)],
    ],
    ["GET", "/contacts/{id}", ({ id, version }) => [200, viewContact(contacts.open(id, version), version)]],
    ["PUT", "/contacts/{id}", ({ id, body, version }) => [200, viewContact(contacts.update(id, body, version), version)]],
    ["DELETE", "/contacts/{id}", ({ id, version }) => [200, reference(contacts.remove(id, version), { deleted: true })]],
    ["POST", "/contacts/{id}/archive", ({ id, version }) => [200, reference(contacts.archive(id, version), { archived: true })]],
    ["POST", "/contacts/{id}/unarchive", ({ id }) => [200, reference(contacts.unarchive(id), { archived: false })]],
    [
      "POST",
      "/contacts/{id}/block",
      ({ id, version }) => [200, reference(contacts.archive(id, version, { blocked: true }), { blocked: true })],
    ],
    ["GET", "/contacts/{id}/companies", ({ id, version }) => [200, companies.listOf(id, version)]],
    ["POST", "/contacts/{id}/companies", ({ id, body, version }) => [200, companies.view(companies.attach(id, body, version))]],
    [
      "DELETE",
      "/contacts/{id}/companies/{company}",
      (call) => [200, companies.view(companies.detach(call.id, call.company, call.version))],
    ],
    ["POST", "/companies", ({ body, version }) => [200, companies.view(companies.upsert(body, version))]],
    ["GET", "/companies", ({ query }) => [200, companies.find(query)]],
    ["GET", "/companies/{id}", ({ id }) => [200, companies.view(companies.open(id))]],
    ["PUT", "/companies/{id}", ({ id, body, version }) => [200, companies.view(companies.update(id, body, version))]],
    ["DELETE", "/companies/{id}", ({ id }) => [200, companies.remove(id)]],
    ["POST", "/events", ({ body }) => [202, events.create(body)]],
    ["GET", "/events", ({ query }) => [200, events.list(query)]],
    ["GET", "/data_attributes", ({ query }) => [200, attributes.list(query)]],
    ["POST", "/data_attributes", ({ body }) => [200, attributes.create(body)]],
    ["POST", "/tags", ({ body, version }) => [200, tags.create(body, version)]],
  ];
}

function viewPage({ records, total, pages }, version) {
  return { type: "list", data: records.map((record) => viewContact(record, version)), total_count: total, pages };
}

function viewAdmin(region) {
  return {
    type: "admin",
    id: "1",
    email: "admin@example.com",
    name: "Admin",
    email_verified: true,
    has_inbox_seat: true,
    app: { type: "app", id_code: "standin0", name: "Stand-in", created_at: 0, identity_verification: false, timezone: "UTC", region },
  };
}

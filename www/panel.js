// Draws the stand-in Messenger: the launcher at the bottom right and the panel with what Intercom would know.

const FRAME = `
  <section class="messenger-panel" id="messenger-panel" role="dialog" aria-label="Messenger stand-in" tabindex="-1" hidden>
    <header class="messenger-head">
      <div class="messenger-face" aria-hidden="true"></div>
      <div class="messenger-who"><h2></h2><p></p></div>
      <button type="button" class="messenger-close" aria-label="Close the Messenger">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6"/></svg>
      </button>
    </header>
    <div class="messenger-body" tabindex="0" role="region" aria-label="What Intercom knows"></div>
    <div class="messenger-news">
      <button type="button" data-news="receive">A message comes in</button>
      <button type="button" data-news="email">Enter ada@example.com</button>
      <button type="button" data-news="hide">Hide</button>
    </div>
    <p class="messenger-foot">A stand-in for the Intercom Messenger</p>
  </section>
  <button type="button" class="messenger-launcher" aria-controls="messenger-panel" aria-expanded="false" hidden>
    <span class="messenger-unread" hidden></span>
    <svg class="when-closed" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z"/><path d="M8 10h8M8 13.2h5"/></svg>
    <svg class="when-open" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6"/></svg>
  </button>`;

const LABELS = {
  user_id: "User id",
  email: "Email",
  phone: "Phone",
  created_at: "Created",
  company_id: "Company id",
  plan: "Plan",
  size: "Size",
  website: "Website",
  industry: "Industry",
  monthly_spend: "Monthly spend",
  last_request_at: "Last visit",
  language_override: "Language",
  unsubscribed_from_emails: "Unsubscribed",
};

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export function createPanel(root, { onToggle, onClose, onMessage, onEmail }) {
  root.innerHTML = FRAME;
  const find = (selector) => root.querySelector(selector);
  const panel = find(".messenger-panel");
  const launcher = find(".messenger-launcher");
  let opener;

  launcher.addEventListener("click", onToggle);
  find(".messenger-close").addEventListener("click", onClose);
  const news = { receive: onMessage, email: () => onEmail("ada@example.com"), hide: onClose };
  for (const button of root.querySelectorAll("[data-news]")) button.addEventListener("click", news[button.dataset.news]);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onClose();
  });

  return function draw(state, openedBy) {
    const { person } = state;
    launcher.hidden = !state.isBooted || state.hideDefaultLauncher === true;
    launcher.setAttribute("aria-expanded", String(state.isOpen));
    launcher.setAttribute("aria-label", state.isOpen ? "Close the Messenger" : "Open the Messenger");
    find(".messenger-unread").hidden = state.unread === 0;
    find(".messenger-unread").textContent = String(state.unread);

    find(".messenger-face").replaceChildren(face(person));
    const isKnown = Boolean(person.user_id ?? person.email);
    find(".messenger-who h2").textContent = String(person.name ?? person.email ?? person.user_id ?? "Visitor");
    find(".messenger-who p").textContent = isKnown ? String(person.email ?? person.user_id) : "Not identified yet";
    find(".messenger-body").replaceChildren(...sections(state));

    if (panel.hidden === !state.isOpen) return;
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = !state.isOpen;
    if (state.isOpen && openedBy) {
      opener = openedBy;
      panel.focus({ preventScroll: true });
    } else if (!state.isOpen && hadFocus) {
      opener?.focus({ preventScroll: true });
    }
  };
}

function sections(state) {
  const { name, avatar, ...attributes } = state.person;
  if (state.signedBy) attributes.Identity = `signed with a ${state.signedBy}`;
  const companies = [...state.companies].map(([id, company]) => companyCard(company, id === state.currentCompany));
  const events = state.events.map(eventCard);
  return [
    section("Person", Object.keys(attributes).length ? [facts(attributes)] : [], "Send a sign-up to see the person here."),
    section("Events", events, "No events yet."),
    section(companies.length > 1 ? "Companies" : "Company", companies, "No company yet."),
  ];
}

function section(title, content, whenEmpty) {
  const block = element("section", "messenger-section");
  block.append(element("h3", "", title), ...(content.length ? content : [element("p", "messenger-nothing", whenEmpty)]));
  return block;
}

function companyCard({ name, company_id, id, ...attributes }, isCurrent) {
  const card = element("details", "messenger-card");
  card.open = isCurrent;
  const title = element("summary", "messenger-card-title", String(name ?? company_id ?? id));
  if (isCurrent) title.append(" ", element("span", "messenger-tag", "current"));
  card.append(title, facts({ company_id: company_id ?? id, ...attributes }));
  if (name === undefined) card.append(element("p", "messenger-nothing", "Without a name Intercom does not show it."));
  return card;
}

function eventCard({ name, metadata, at }) {
  const card = element("div", "messenger-card");
  const title = element("p", "messenger-card-title", name);
  title.append(" ", element("time", "", time.format(at)));
  card.append(title, facts(metadata));
  return card;
}

function facts(attributes) {
  const list = element("dl", "messenger-facts");
  const known = Object.keys(LABELS);
  const rank = ([key]) => (known.includes(key) ? known.indexOf(key) : known.length);
  for (const [key, value] of Object.entries(attributes).sort((a, b) => rank(a) - rank(b))) {
    const row = element("div", "");
    row.append(element("dt", "", LABELS[key] ?? key), element("dd", "", inWords(key, value)));
    list.append(row);
  }
  return list;
}

function inWords(key, value) {
  if (typeof value === "number" && /(_at|_date)$/.test(key)) {
    const date = new Date(value * 1000);
    return Number.isNaN(date.getTime()) ? "no date" : day.format(date);
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object" || value === null) return String(value);
  if (typeof value.amount === "number" && typeof value.currency === "string") return money(value);
  if (typeof value.url === "string") return value.value === undefined ? value.url : `${value.value}\n${value.url}`;
  return JSON.stringify(value);
}

function money({ amount, currency }) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount / 100);
  } catch {
    return `${amount / 100} ${currency}`;
  }
}

function face({ name, email, avatar }) {
  const url = avatar?.image_url;
  // Only pictures the page itself has: a stranger's address would be a request out of the browser.
  if (typeof url === "string" && isOurs(url)) {
    const image = element("img", "");
    image.src = url;
    image.alt = "";
    return image;
  }
  const words = String(name ?? email ?? "")
    .split(/[\s@.]+/)
    .filter(Boolean);
  return document.createTextNode(
    words
      .slice(0, 2)
      .map((word) => [...word][0].toUpperCase())
      .join("") || "?",
  );
}

function isOurs(url) {
  try {
    const parsed = new URL(url, document.baseURI);
    return parsed.protocol === "data:" || parsed.origin === location.origin;
  } catch {
    return false;
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

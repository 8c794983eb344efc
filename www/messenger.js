// Stands in for Intercom's widget: the same function with the same rules, without a server behind it.

import { isMessengerKey } from "./wording.js";

const SIGNED = { user_hash: "hash", intercom_user_jwt: "token" };

export function createMessenger({ page, draw }) {
  const listeners = { onShow: [], onHide: [], onUnreadCountChange: [], onUserEmailSupplied: [] };
  let bound = [];
  let hear = () => {};
  let keepsPeople = false;
  let state = fresh();

  function fresh() {
    return {
      isBooted: false,
      isOpen: false,
      unread: 0,
      hideDefaultLauncher: undefined,
      activator: undefined,
      signedBy: undefined,
      person: {},
      companies: new Map(),
      currentCompany: undefined,
      events: [],
    };
  }

  function apply(settings) {
    for (const [key, value] of Object.entries(settings ?? {})) {
      if (value === undefined) continue;
      if (key === "hide_default_launcher") state.hideDefaultLauncher = value ?? undefined;
      else if (key === "custom_launcher_selector") state.activator = value ?? undefined;
      else if (key === "widget") state.activator = value?.activator ?? state.activator;
      else if (key in SIGNED) state.signedBy = value === null ? undefined : SIGNED[key];
      else if (key === "company") state.currentCompany = remember(value) ?? state.currentCompany;
      else if (key === "companies") for (const company of Array.isArray(value) ? value : []) remember(company);
      else if (!isMessengerKey(key)) assign(state.person, key, value);
    }
  }

  function remember(company) {
    const id = company?.company_id ?? company?.id;
    if (id === undefined || id === null) return undefined;
    const known = state.companies.get(String(id)) ?? {};
    for (const [key, value] of Object.entries(company)) assign(known, key, value);
    state.companies.set(String(id), known);
    return String(id);
  }

  // The widget binds to the elements it finds at that moment, which is why reattach_activator exists.
  function attachActivator() {
    for (const element of bound) element.removeEventListener("click", toggle);
    bound = [];
    if (!state.isBooted || !state.activator) return;
    try {
      bound = [...page.document.querySelectorAll(state.activator)];
    } catch {
      console.warn(`The activator “${state.activator}” is no CSS selector.`);
    }
    for (const element of bound) element.addEventListener("click", toggle);
  }

  function tell(callback, ...words) {
    for (const listener of [...listeners[callback]]) listener(...words);
  }

  function setUnread(unread) {
    if (!state.isBooted || state.unread === unread) return;
    state.unread = unread;
    draw(state);
    tell("onUnreadCountChange", unread);
  }

  function setOpen(isOpen, opener) {
    if (!state.isBooted || state.isOpen === isOpen) return;
    state.isOpen = isOpen;
    draw(state, opener);
    tell(isOpen ? "onShow" : "onHide");
    if (isOpen) setUnread(0);
  }

  function toggle(event) {
    event?.preventDefault();
    setOpen(!state.isOpen, event?.currentTarget);
  }

  const methods = {
    boot(settings) {
      state.isBooted = true;
      apply({ ...page.intercomSettings, ...settings });
      attachActivator();
    },
    update(settings) {
      if (!state.isBooted) return methods.boot(settings);
      apply(settings ?? page.intercomSettings);
      attachActivator();
    },
    shutdown() {
      const { isOpen, person, companies, currentCompany, events, signedBy } = state;
      state = { ...fresh(), ...(keepsPeople && { isOpen, person, companies, currentCompany, events, signedBy }) };
      for (const callback of Object.keys(listeners)) listeners[callback] = [];
      attachActivator();
    },
    trackEvent(name, metadata) {
      if (state.isBooted) state.events.unshift({ name: String(name), metadata: metadata ?? {}, at: new Date() });
    },
    reattach_activator: attachActivator,
    show: () => setOpen(true),
    hide: () => setOpen(false),
    showSpace: () => setOpen(true),
    showMessages: () => setOpen(true),
    showNewMessage: () => setOpen(true),
    showArticle: () => setOpen(true),
    showNews: () => setOpen(true),
    showTicket: () => setOpen(true),
    showConversation: () => setOpen(true),
    startChecklist: () => setOpen(true),
    onShow: (listener) => void listeners.onShow.push(listener),
    onHide: (listener) => void listeners.onHide.push(listener),
    onUnreadCountChange(listener) {
      listeners.onUnreadCountChange.push(listener);
      listener(state.unread);
    },
    onUserEmailSupplied: (listener) => void listeners.onUserEmailSupplied.push(listener),
    ready: (listener) => queueMicrotask(listener),
    getVisitorId: () => "stand-in-visitor",
  };

  function Intercom(method, ...args) {
    hear([method, ...args]);
    const answer = Object.hasOwn(methods, method) ? methods[method](...args) : undefined;
    draw(state);
    return answer;
  }
  // Pages ask the widget's function itself whether it has been booted.
  Object.defineProperty(Intercom, "booted", { get: () => state.isBooted });
  return {
    Intercom,
    toggle,
    close: () => setOpen(false),
    /** A message comes in. */
    receive: () => setUnread(state.unread + 1),
    /** The visitor enters an address. */
    supplyEmail(email) {
      if (!state.isBooted) return;
      state.person.email = email;
      draw(state);
      tell("onUserEmailSupplied", email);
    },
    /** `listener` hears every call, its method first. */
    listen: (listener) => void (hear = listener),
    /** While `work` runs a shutdown forgets nobody: the page is deployed anew, and Intercom's server still knows them. */
    async keepingPeople(work) {
      keepsPeople = true;
      try {
        return await work();
      } finally {
        keepsPeople = false;
      }
    },
  };
}

// Intercom takes null as an order to forget what it has stored.
function assign(target, key, value) {
  if (value === null) delete target[key];
  else if (value !== undefined) target[key] = value;
}

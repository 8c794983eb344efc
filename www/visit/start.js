// A site without a loader, right after the drop-in: with the settings that the page around this one has put into its name.
(() => {
  const { visit, intercomDestination } = window;
  const settings = JSON.parse(window.name);
  const { from, categories } = settings.consent ?? {};

  window.dataLayer = [];
  function gtag() {
    // As Google's own `gtag`, whose arguments are no array.
    // biome-ignore lint/complexity/noArguments: Consent Mode is told by them.
    window.dataLayer.push(arguments);
  }
  const states = (state) => Object.fromEntries(categories.map((category) => [category, state]));
  const asksGoogle = from === "google" && Array.isArray(categories);
  if (asksGoogle) gtag("consent", "default", states("denied"));

  const visitor = intercomDestination.standalone({
    ...settings,
    onError: ({ code, message }) => visit.record("fault", { code, text: message }),
  });

  let count = 0;
  Object.assign(visit, {
    track() {
      const name = `Event ${(count += 1)}`;
      visit.record("event", { text: `track(“${name}”)`, event: name });
      visitor.track(name);
    },
    identify() {
      visit.record("event", { text: "identify(“u-1”)" });
      visitor.identify("u-1", { name: "Ada Lovelace" });
    },
    reset() {
      visit.record("event", { text: "reset()" });
      visitor.reset();
    },
    decide(isGranted) {
      visit.record("visitor", { text: isGranted ? "Agrees" : "Withdraws, or refuses" });
      if (asksGoogle) gtag("consent", "update", states(isGranted ? "granted" : "denied"));
    },
  });
})();

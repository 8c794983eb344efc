// Google's Consent Mode: what `gtag("consent", …)` puts into `window.dataLayer`.

/**
 * Tells true when all of these types are granted, false when the visitor's choice, an `update`, denies one, and otherwise undefined.
 *
 * A `default` is what counts until the visitor has chosen. One for some regions only may be this visitor's, so what it denies stays
 * denied until then.
 */
export const google = (types, tell) => {
  const layer = (window.dataLayer ??= []);
  const states = new Map(types.map((type) => [type, {}]));

  const change = (state, action, value, isRegional) => {
    if (action === "update") state.chosen = value;
    else if (!isRegional) state.usual = value;
    else if (value === "denied") state.isDeniedSomewhere = true;
  };
  const isGranted = ({ chosen, usual, isDeniedSomewhere }) => (chosen ?? (isDeniedSomewhere ? "denied" : usual)) === "granted";

  const read = (entry) => {
    // `gtag` puts its arguments there, which are no array.
    if (entry?.[0] !== "consent") return;
    const [, action, values] = Array.from(entry);
    for (const [type, state] of states) if (values?.[type]) change(state, action, values[type], values.region);
  };
  const say = () => {
    const all = [...states.values()];
    if (all.every(isGranted)) tell(true);
    else tell(all.some(({ chosen }) => chosen && chosen !== "granted") ? false : undefined);
  };
  const heed = (entries) => {
    for (const entry of entries) {
      try {
        read(entry);
      } catch {
        // What cannot be read says nothing, and the page's own call goes on.
      }
    }
    say();
  };

  const { push } = layer;
  layer.push = (...entries) => {
    const result = push.apply(layer, entries);
    heed(entries);
    return result;
  };
  // Before this, in order.
  heed(Array.from(layer));
};

// What Segment's consent wrapper writes on every event, `context.consent.categoryPreferences`.

/** A function that reads each event, and tells true if all of these categories are agreed to, else false; nothing of an event without any. */
export const segment = (categories, tell, report) => (event) => {
  const preferences = event?.context?.consent?.categoryPreferences;
  if (Object(preferences) !== preferences) return;
  const missing = categories.find((category) => !Object.keys(preferences).includes(category));
  if (missing !== undefined) report("consent_category", `consent.categories: "${missing}" is none of the event's categoryPreferences`);
  tell(categories.every((category) => preferences[category] === true));
};

// Versions of the API, as numbers that can be compared: 2.14 is 2014.

const newest = 2017;

/** Undefined for a version that does not exist. */
export function readVersion(text) {
  if (/^(preview|unstable)$/i.test(text)) return Infinity;
  const parts = /^([12])\.(\d{1,2})$/.exec(text);
  if (!parts) return undefined;
  const version = Number(parts[1]) * 1000 + Number(parts[2]);
  return version <= newest ? version : undefined;
}

export const findByExternalId = 2013;
export const ownerIsText = 2016;
export const mergeNeedsSamePerson = 2016;
export const companyHasLastRequest = 2016;

import analytics from "@segment/analytics.js-core";
import integration from "@segment/analytics.js-integration";
import classic from "intercom-destination/classic";
import { collect } from "./collect.js";
import { offer } from "./family.js";

const vendor = () => {
  const Vendor = integration("Vendor").readyOnInitialize();
  for (const type of ["page", "track", "identify", "group", "alias"]) {
    Vendor.prototype[type] = (facade) => collect(facade.json());
  }
  return Vendor;
};

offer({
  use: ({ settings }) => {
    analytics.use(vendor());
    if (settings) analytics.use(classic());
    analytics.initialize({ Vendor: {}, Intercom: settings }, { initialPageview: false });
    return analytics;
  },
  "classic(settings)": ({ settings }) => {
    analytics.use(vendor());
    if (settings) analytics.use(classic(settings));
    analytics.initialize({ Vendor: {}, ...(settings && { Intercom: {} }) });
    return analytics;
  },
});

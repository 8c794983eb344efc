import standalone from "intercom-destination/standalone";

window.site = {
  open: (_way, { settings }) => {
    const nothing = () => {};
    const none = {
      page: nothing,
      track: nothing,
      identify: nothing,
      group: nothing,
      alias: nothing,
      reset: nothing,
      ready: Promise.resolve(),
    };
    const intercom = settings ? standalone(settings) : none;
    window.site.loader = () => intercom;
    window.site.ready = () => intercom.ready;
  },
};

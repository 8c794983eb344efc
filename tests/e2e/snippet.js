// Segment's snippet 5.2.0, laid out to be read: an array that keeps every call until the loader's script takes over.
var analytics = (window.analytics = window.analytics || []);
if (!analytics.initialize && !analytics.invoked) {
  analytics.invoked = true;
  analytics.methods =
    "trackSubmit trackClick trackLink trackForm pageview identify reset group track ready alias debug page screen once off on addSourceMiddleware addIntegrationMiddleware setAnonymousId addDestinationMiddleware register".split(
      " ",
    );
  analytics.factory = function (method) {
    return function () {
      if (window.analytics.initialized) return window.analytics[method].apply(window.analytics, arguments);
      var args = Array.prototype.slice.call(arguments);
      if (["track", "screen", "alias", "group", "page", "identify"].indexOf(method) > -1) {
        var canonical = document.querySelector("link[rel='canonical']");
        args.push({
          __t: "bpc",
          c: (canonical && canonical.getAttribute("href")) || undefined,
          p: location.pathname,
          u: location.href,
          s: location.search,
          t: document.title,
          r: document.referrer,
        });
      }
      args.unshift(method);
      analytics.push(args);
      return analytics;
    };
  };
  analytics.methods.forEach(function (method) {
    analytics[method] = analytics.factory(method);
  });
  analytics.load = function (key, options) {
    var script = document.createElement("script");
    script.type = "text/javascript";
    script.async = true;
    script.setAttribute("data-global-segment-analytics-key", "analytics");
    script.src = `https://cdn.segment.com/analytics.js/v1/${key}/analytics.min.js`;
    var first = document.getElementsByTagName("script")[0];
    first.parentNode.insertBefore(script, first);
    analytics._writeKey = key;
    analytics._loadOptions = options;
  };
  analytics.SNIPPET_VERSION = "5.2.0";
}

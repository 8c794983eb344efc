"use client";

import { AnalyticsBrowser } from "@segment/analytics-next";
import intercom from "intercom-destination";
import { useEffect } from "react";

export default function Shop() {
  useEffect(() => {
    const settings = JSON.parse(new URL(location.href).searchParams.get("settings"));
    window.analytics = AnalyticsBrowser.load({ writeKey: "writeKey123", plugins: [intercom.plugin(settings)] });
  }, []);
  return <h1>Shop of {intercom.pluginName}</h1>;
}

"use client";

import intercom, { plugin } from "intercom-destination";
import rudderstack from "intercom-destination/rudderstack";

export default function Unused() {
  return <h1>Unused</h1>;
}

// A site whose code no longer uses what it imports.
import intercom, { plugin } from "intercom-destination";
import rudderstack from "intercom-destination/rudderstack";

document.title = "Unused";

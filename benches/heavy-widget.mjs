// Stands for Intercom's widget where its weight matters: about as much real JavaScript, and several tasks of work when it starts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/command.mjs";

const library = join(root, "node_modules", "liquidjs", "dist", "liquid.browser.umd.js");

function start() {
  const liquid = new window.liquidjs.Liquid();
  const work = () => liquid.parseAndRenderSync("{% for i in (1..3000) %}{{ i | times: 2 }}{% endfor %}");

  const showLauncher = () => {
    const launcher = Object.assign(document.createElement("button"), { className: "intercom-launcher", textContent: "?" });
    launcher.style.cssText = "position:fixed;right:20px;bottom:20px;width:48px;height:48px";
    launcher.onclick = () => window.Intercom("show");
    document.body.append(launcher);
  };

  performance.mark("widget-runs");
  const queue = window.Intercom.q;
  window.Intercom = (...args) => window.heard(args[0]);
  for (const args of queue) window.heard(args[0]);
  const tasks = [work, work, work, work, showLauncher];
  const next = () => {
    tasks.shift()();
    if (tasks.length > 0) setTimeout(next);
  };
  setTimeout(next);
}

export const heavyWidget = () => `${readFileSync(library, "utf8")}\n;(${start})()`;

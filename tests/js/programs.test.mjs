// How programs are started: on Windows as well, where npm's commands are scripts of a shell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findOn, invocation } from "../../scripts/programs.mjs";

const shim = (script) =>
  `@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n\r\nIF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n) ELSE (\r\n  SET "_prog=node"\r\n)\r\n\r\nendLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\${script}" %*\r\n`;
const nodes = (name) =>
  `:: Created by npm\r\n@ECHO OFF\r\nSETLOCAL\r\nSET "NODE_EXE=%~dp0\\node.exe"\r\nSET "NPM_PREFIX_JS=%~dp0\\node_modules\\npm\\bin\\npm-prefix.js"\r\nSET "CLI_JS=%~dp0\\node_modules\\npm\\bin\\${name}-cli.js"\r\n"%NODE_EXE%" "%CLI_JS%" %*\r\n`;

const files = {
  "C:\\work dir\\node_modules\\.bin\\biome.cmd": shim("..\\@biomejs\\biome\\bin\\biome"),
  "C:\\Program Files\\nodejs\\npm.cmd": nodes("npm"),
  "C:\\Program Files\\nodejs\\npx.cmd": nodes("npx"),
  "C:\\Program Files\\nodejs\\node.exe": "",
  "C:\\Users\\a\\.cargo\\bin\\cargo.exe": "",
  "C:\\Users\\a\\.cargo\\bin\\odd.cmd": "@echo off\r\n",
};
const windows = {
  platform: "win32",
  env: { PATH: "C:\\work dir\\node_modules\\.bin;C:\\Program Files\\nodejs;C:\\Users\\a\\.cargo\\bin" },
  node: "C:\\Program Files\\nodejs\\node.exe",
  isProgram: (file) => Object.hasOwn(files, file),
  read: (file) => files[file],
};
const linux = {
  platform: "linux",
  env: { PATH: "/a:/b" },
  isProgram: (file) => file === "/b/cargo",
  read: () => assert.fail("nothing is read"),
};

test("a program is found by its name, on Windows by its endings", () => {
  assert.equal(findOn("cargo", linux), "/b/cargo");
  assert.equal(findOn("npm", linux), undefined);
  assert.equal(findOn("cargo", windows), "C:\\Users\\a\\.cargo\\bin\\cargo.exe");
  assert.equal(findOn("npm", windows), "C:\\Program Files\\nodejs\\npm.cmd");
  assert.equal(findOn("apt-get", windows), undefined);
});

test("elsewhere than on Windows a program is started as it is named", () => {
  assert.deepEqual(invocation("npm", ["ci"], linux), ["npm", ["ci"]]);
});

test("on Windows Node runs the script of an npm command, and no shell reads its arguments", () => {
  assert.deepEqual(invocation("biome", ["ci", "a & b"], windows), [
    windows.node,
    ["C:\\work dir\\node_modules\\@biomejs\\biome\\bin\\biome", "ci", "a & b"],
  ]);
  for (const name of ["npm", "npx"]) {
    assert.deepEqual(invocation(name, ["ci"], windows), [
      windows.node,
      [`C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\${name}-cli.js`, "ci"],
    ]);
  }
});

test("on Windows other programs are started as they are named, and an unknown kind of command is refused", () => {
  assert.deepEqual(invocation("cargo", ["build"], windows), ["cargo", ["build"]]);
  assert.deepEqual(invocation("missing", [], windows), ["missing", []]);
  assert.throws(() => invocation("odd", [], windows), /odd\.cmd is not a command that npm wrote/);
});

test("this system's own programs are found and started", () => {
  assert.ok(findOn(process.platform === "win32" ? "npm" : "node"));
});

// Where the mends go: an exact piece of Segment's code each, and what stands there instead. The versions are pinned in
// package.json; a piece that is not found exactly once stops the run.

const own = ["prevObj && prevObj[key]", "prevObj && mend.own(prevObj, key)"];

/** Files of the packages that Node loads, by the end of their path. */
export const modules = {
  "actions-core/dist/cjs/get.js": [own],
  "actions-core/dist/cjs/mapping-kit/placeholders.js": [
    [
      "(template\n        .replace(/\\{\\{\\{([^}]+)\\}\\}\\}/g, replacer(3))\n        .replace(/\\{\\{([^}]+)\\}\\}/g, replacer(2)))",
      "mend.render(template, replacer(3), replacer(2))",
    ],
  ],
  "actions-core/dist/cjs/mapping-kit/index.js": [
    ["(0, arrify_1.arrify)(root).map(", "mend.dense((0, arrify_1.arrify)(root)).map("],
    ["value !== null && value != ''", "value !== null && !mend.isBlank(value)"],
    ["return cleaned;\n}\nfunction transformBatch", "return mend.sendable(cleaned);\n}\nfunction transformBatch"],
  ],
  "destination-subscriptions/dist/cjs/get.js": [
    ["previousObject && previousObject[key]", "previousObject && mend.own(previousObject, key)"],
  ],
  "destination-subscriptions/dist/cjs/parse-fql.js": [
    ["const parse = (tokens) => {", "const parse = (tokens, inside) => {"],
    ["token && token.type !== 'eos') {", "token && token.type !== 'eos' && !mend.closes(token, inside)) {"],
    ["const operatorToken = tokens.shift();", "const operatorToken = mend.take(tokens, inside);"],
    [
      "const valueToken = tokens.shift();\n                if (!valueToken) {\n                    throw new Error('Value",
      "const valueToken = mend.takeLast(tokens, inside);\n                if (!valueToken) {\n                    throw new Error('Value",
    ],
    [
      "if (token.type === 'parenleft') {",
      "if (token.type === 'parenleft' && mend.on('nested-parentheses')) nodes.push(mend.group(parse(tokens, true)));\n        else if (token.type === 'parenleft') {",
    ],
    ["nodes.push(parse(groupTokens))", "nodes.push(mend.group(parse(groupTokens)))"],
    ["    if (nodes.length > 1) {", "    mend.closed(token, inside);\n    if (nodes.length > 1) {"],
  ],
};

/** The files of the plugin's published build, by folder. */
export const bundle = {
  intercom: [
    ['"#IntercomDefaultWidget"!==t&&', '"#IntercomDefaultWidget"!==(t=mend.activator(t))&&'],
    ["function N(e){const t={};", "function N(e){const t={};e=mend.traits(e);"],
    ["i={};n&&0!=a.length", "i={};mend.traits(n)&&0!=a.length"],
    ["o.revenue&&(u={amount:100*o.revenue,", "mend.isPriced(o.revenue)&&(u={amount:mend.cents(o.revenue),"],
    ['delete c.currency),e("trackEvent"', 'delete c.currency),u=mend.price(u,n),e("trackEvent"'],
    ["R(o.company?.company_custom_traits)&&", "mend.companies(o),mend.emptyTraits(o.company,R),R(o.company?.company_custom_traits)&&"],
    ["e&&e?.created_at&&(e.created_at=A(e.created_at))", "e&&e?.created_at&&mend.convertDate(e,A)"],
    ["s?.created_at&&(s.created_at=A(s.created_at))", "s?.created_at&&mend.convertDate(s,A)"],
    ["{company_custom_traits:r,...n}=t.payload.company", "{company_custom_traits:r,...n}=mend.company(t.payload.company)"],
  ],
  688: [
    ['case"=":return e===String(r);case"!=":return e!==String(r);', 'case"=":return mend.equals(e,r);case"!=":return mend.differs(e,r);'],
    ["S(s).map((e=>R(a,e)))", "mend.dense(S(s)).map((e=>R(a,e)))"],
    ['r=null!=n&&""!=n', "r=null!=n&&!mend.isBlank(n)"],
    ["for(const i of h){if(!s(v(i.subscribe),e.event))continue;", "for(const i of h)try{if(!s(v(i.subscribe),e.event))continue;"],
    ["r.push(l.perform(o,c))}", "r.push(l.perform(o,c))}catch(error){mend.caught(error)}"],
    ["payload:(0,n.vs)(u,e.event)", "payload:mend.sendable((0,n.vs)(u,e.event))"],
    ['replace(/\'|"/g,"")))).reduce(((e,t)=>e&&e[t]),e)', 'replace(/\'|"/g,"")))).reduce(((e,t)=>e&&mend.own(e,t)),e)'],
    ["reduce(((e,t)=>e&&e[t]),e);return void 0===n", "reduce(((e,t)=>e&&mend.own(e,t)),e);return void 0===n"],
    ["e.replace(/\\{\\{\\{([^}]+)\\}\\}\\}/g,r(3)).replace(/\\{\\{([^}]+)\\}\\}/g,r(2))", "mend.render(e,r(3),r(2))"],
    [
      'y=e=>{var t;const r=[];let n="and",o=e.shift();for(;o&&"eos"!==o.type;){',
      'y=(e,x)=>{var t;const r=[];let n="and",o=e.shift();for(;o&&"eos"!==o.type&&!mend.closes(o,x);){',
    ],
    [
      'if(a){const t=e.shift();if(!t)throw new Error("Operator token is missing");const n=e.shift();',
      'if(a){const t=mend.take(e,x);if(!t)throw new Error("Operator token is missing");const n=mend.takeLast(e,x);',
    ],
    [
      'if("parenleft"===o.type){const t=[];',
      'if("parenleft"===o.type&&mend.on("nested-parentheses"))r.push(mend.group(y(e,!0)));else if("parenleft"===o.type){const t=[];',
    ],
    ["r.push(y(t))", "r.push(mend.group(y(t)))"],
    ["o=e.shift()}return r.length>1?", "o=e.shift()}mend.closed(o,x);return r.length>1?"],
    [
      'const o=R(e.value,t);if("string"==typeof o&&"string"==typeof r',
      'const o=mend.replaceable(R(e.value,t));if("string"==typeof o&&"string"==typeof r',
    ],
    ["o.replace(new RegExp(r,e),n)}}", 'o.replace(new RegExp(r,e),n)}if(mend.on("older-build"))return""}'],
  ],
};

export function patch(text, patches, name) {
  return patches.reduce((patched, [from, to]) => {
    const parts = patched.split(from);
    if (parts.length !== 2) throw new Error(`${name} has ${parts.length - 1} places like \`${from}\`, not one.`);
    return parts.join(to);
  }, text);
}

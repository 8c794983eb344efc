// Colours JSON and the little JavaScript around it. Text nodes only, so nothing an event carries can become markup.

const TOKENS =
  /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(\s*:)?|\b(true|false|null|undefined|import|from|const)\b|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)/g;

function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

export function paint(text) {
  const painted = new DocumentFragment();
  let from = 0;
  for (const token of text.matchAll(TOKENS)) {
    const [whole, quoted, colon, word, number] = token;
    painted.append(text.slice(from, token.index));
    if (quoted !== undefined) {
      painted.append(span(colon === undefined ? "tint-text" : "tint-key", quoted), colon ?? "");
    } else {
      painted.append(span(word === undefined ? "tint-number" : "tint-word", word ?? number));
    }
    from = token.index + whole.length;
  }
  painted.append(text.slice(from));
  return painted;
}

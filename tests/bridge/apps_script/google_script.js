// google.script as a page in a sidebar finds it. The page stands in a frame of Google's, in which a browser may keep nothing
// for it, and which has no address of its own: that is refused here, too.
(names) => {
  const legal = (value, where) => {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return;
    const kind = Object.prototype.toString.call(value);
    if (kind === '[object Array]') value.forEach((one, index) => legal(one, `${where}[${index}]`));
    else if (kind === '[object Object]') Object.entries(value).forEach(([key, one]) => legal(one, `${where}.${key}`));
    else throw new TypeError(`google.script.run: ${where} is of a kind that cannot pass: ${kind}`);
  };
  const runner = (handlers) => ({
    withSuccessHandler: (done) => runner({ ...handlers, done }),
    withFailureHandler: (failed) => runner({ ...handlers, failed }),
    ...Object.fromEntries(names.map((name) => [name, (...args) => {
      args.forEach((one, index) => legal(one, `${name}, parameter ${index + 1}`));
      run(name, args, handlers);
    }])),
  });
  const run = async (name, args, { done, failed }) => {
    let outcome;
    try {
      const answer = await fetch('/run', { method: 'POST', body: JSON.stringify({ name, args }) });
      outcome = await answer.json();
    } catch (error) {
      outcome = { error: String(error) };
    }
    if (!('error' in outcome)) done?.(outcome.value);
    else if (failed) failed(new Error(outcome.error));
    else console.error(outcome.error);
  };
  const host = { close: () => { document.documentElement.dataset.closed = 'yes'; } };
  globalThis.google = { script: { run: runner({}), host } };
  const refuse = (what) => () => { throw new DOMException(`${what} is not there`, 'SecurityError'); };
  for (const store of ['sessionStorage', 'localStorage']) Object.defineProperty(globalThis, store, { get: refuse(store), configurable: true });
  history.replaceState = refuse('history');
  history.pushState = refuse('history');
}

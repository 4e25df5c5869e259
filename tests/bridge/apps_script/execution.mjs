// One execution: the project's files in one fresh scope, Google's services around them, and one function called.

import vm from 'node:vm';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

import { legalValue } from './legal.mjs';
import { services } from './services.mjs';

const { files, name, args, mode, port } = workerData;
const lock = new Int32Array(new SharedArrayBuffer(4));

/** Ask the stage, and stand still until it answers: nothing in Apps Script ever waits any other way. */
function ask(kind, facts) {
  Atomics.store(lock, 0, 0);
  port.postMessage({ kind, facts, lock });
  Atomics.wait(lock, 0, 0);
  const { value, error } = receiveMessageOnPort(port).message;
  if (error) throw exception(error);
  return value;
}

const context = vm.createContext({});
const OwnError = vm.runInContext('Error', context);

function exception(message) {
  return Object.assign(new OwnError(message), { name: 'Exception' });
}

Object.assign(context, services({ ask, exception, files, mode, context }));
let outcome;
try {
  for (const [file, source] of Object.entries(files)) {
    if (file.endsWith('.js')) vm.runInContext(source, context, { filename: file });
  }
  context.relayArguments = vm.runInContext(`JSON.parse(${JSON.stringify(JSON.stringify(args ?? []))})`, context);
  const value = vm.runInContext(`${name}(...relayArguments)`, context);
  outcome = { value: value === undefined ? null : legalValue(value, 'the value that was returned') };
} catch (error) {
  outcome = { error: `${error?.name ?? ''}: ${error?.message ?? error}` };
}
parentPort.postMessage(JSON.parse(JSON.stringify(outcome)));

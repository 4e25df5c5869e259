// Starts the page.

import { chooseLanguage } from "./words.js";
import { listen, readPlan } from "./state.js";
import { recallSending } from "./sending.js";
import { buildShell } from "./shell.js";

chooseLanguage();
listen("session", recallSending);
buildShell();
readPlan();

// Starts the page.

import { chooseLanguage } from "./words.js";
import { readPlan } from "./state.js";
import { recallSending } from "./sending.js";
import { buildShell } from "./shell.js";

chooseLanguage();
recallSending();
buildShell();
readPlan();

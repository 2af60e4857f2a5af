// Enhances pages that also work without script.
import { watchAsking } from "./asking.js";
import { watchBeside } from "./beside.js";
import { watchFeedback } from "./feedback.js";
import { showButtons } from "./buttons.js";
import { goOn } from "./goingon.js";
import { watchFindings } from "./findings.js";
import { fillFromLink } from "./fromlink.js";

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
watchAsking();
fillFromLink();
watchBeside();
watchFeedback();
goOn();
watchFindings();
showButtons(document);

/**
 * The names that both sides of the bridge rely on: this project and the page in it, and the service. It is read as JSON by
 * the tests of the other side, so what stands between the braces is JSON.
 */
const CONTRACT = /** @type {const} */ ({
  "paths": "/api/",
  "headers": {
    "person": "Authorization",
    "personForCloudRun": "X-Serverless-Authorization",
    "workbook": "X-Relay-Workbook"
  },
  "calledByPages": ["callService", "goToRow", "openPage", "saveService"],
  "facts": {
    "session": ["workbook"],
    "error": ["error.name", "error.text"]
  },
  "menu": [
    { "word": "plan", "does": "showPlan", "place": "plan" },
    { "word": "send", "does": "showSend", "place": "send" },
    { "word": "freeze", "does": "showFreeze", "place": "freeze" },
    { "word": "followUp", "does": "showFollowUp", "place": "follow_up" },
    { "word": "credits", "does": "showCredits", "place": "credits" },
    { "word": "analysis", "does": "showAnalysis", "place": "analysis" },
    { "word": "check", "does": "showCheck", "place": "check" },
    { "word": "settings", "does": "showSettings", "place": "" },
    { "word": "help", "does": "showHelp", "place": "" }
  ],
  "property": "relay.service"
});

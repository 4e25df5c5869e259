/** The sidebar, the wide window, the guide and the help, as pages that Google shows. */

const WIDE_ = { width: 1080, height: 720 };

/** The most that a page may hand over to another: the ids of ten thousand people. */
const LONGEST_CHOICES_ = 400000;

/**
 * Show the page in the wide window or in the sidebar, with what was chosen in the page that asks. Called by pages.
 *
 * @param {string} place
 * @param {boolean} isWide
 * @param {string} choices
 */
function openPage(place, isWide, choices) {
  showPage_(knownPlace_(place), isWide === true, keptChoices_(choices));
}

/**
 * @param {string} place
 * @param {boolean} isWide
 * @param {string} choices
 */
function showPage_(place, isWide, choices) {
  const locale = Session.getActiveUserLocale();
  const words = wordsFor_(locale);
  const page = HtmlService.createTemplateFromFile('Sidebar');
  const title = SpreadsheetApp.getActive().getName();
  page.start = inScript_({ place, isWide, choices, title, language: languageOf_(locale) });
  const shown = page.evaluate().setTitle(words.name);
  if (isWide) SpreadsheetApp.getUi().showModalDialog(shown.setWidth(WIDE_.width).setHeight(WIDE_.height), words.name);
  else SpreadsheetApp.getUi().showSidebar(shown);
}

/**
 * Show the guide that asks for the service's address.
 *
 * @param {boolean} isFirst Whether somebody wanted something else, and only lacks the address.
 */
function showGuide_(isFirst) {
  const locale = Session.getActiveUserLocale();
  const words = wordsFor_(locale);
  const page = HtmlService.createTemplateFromFile('Guide');
  page.title = words.name;
  page.words = words.guide;
  page.language = languageOf_(locale);
  page.isFirst = isFirst;
  page.address = storedService_();
  page.facts = operatorFacts_();
  SpreadsheetApp.getUi().showSidebar(page.evaluate().setTitle(words.name));
}

/**
 * Show a page of words.
 *
 * @param {string} name
 */
function showText_(name) {
  const locale = Session.getActiveUserLocale();
  const words = wordsFor_(locale);
  const page = HtmlService.createTemplateFromFile(name);
  page.title = words.name;
  page.words = words;
  page.language = languageOf_(locale);
  SpreadsheetApp.getUi().showSidebar(page.evaluate().setTitle(words.name));
}

/**
 * What stands in a file of this project, for templates.
 *
 * @param {string} name
 * @returns {string}
 */
function include_(name) {
  return HtmlService.createHtmlOutputFromFile(name).getContent();
}

/**
 * What whoever runs the service has to know to let us in: who asks, for which spreadsheet, in the name of which program.
 * None of it is a secret.
 *
 * @returns {{person: string, workbook: string, program: string}}
 */
function operatorFacts_() {
  const { aud = '', email = '' } = claimsOf_(ScriptApp.getIdentityToken());
  return { person: email, workbook: SpreadsheetApp.getActive().getId(), program: aud };
}

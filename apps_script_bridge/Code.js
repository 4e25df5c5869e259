/**
 * The menu, and what each of its entries shows. Nothing else.
 *
 * @OnlyCurrentDoc
 */

/** Put the menu up. Runs whenever the spreadsheet is opened, before anybody has agreed to anything: so it asks for nothing. */
function onOpen() {
  const words = wordsFor_(Session.getActiveUserLocale());
  const menu = SpreadsheetApp.getUi().createMenu(words.name);
  for (const { word, does } of CONTRACT.menu) {
    if (word === 'settings') menu.addSeparator();
    menu.addItem(words.menu[word], does);
  }
  menu.addToUi();
}

/** The same right after the installation as an add-on, when nobody opened the spreadsheet anew. */
function onInstall() {
  onOpen();
}

function showPlan() {
  showPlace_('plan');
}

function showSend() {
  showPlace_('send');
}

function showFreeze() {
  showPlace_('freeze');
}

function showFollowUp() {
  showPlace_('follow_up');
}

function showCredits() {
  showPlace_('credits');
}

function showAnalysis() {
  showPlace_('analysis');
}

function showCheck() {
  showPlace_('check');
}

function showSettings() {
  showGuide_(false);
}

function showHelp() {
  showText_('Help');
}

/**
 * Show a place of the page in the sidebar; the guide in its stead where no service is known yet.
 *
 * @param {string} place
 */
function showPlace_(place) {
  if (storedService_()) showPage_(place, false, '');
  else showGuide_(true);
}

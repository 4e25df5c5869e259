/** The way from the page to a row of the sheet. */

/**
 * Select the row of somebody. Called by pages. People sort while the page stands open, so a row is believed only if it holds
 * the person's id; else the id is looked for. Before the first letter ids stand in no sheet: there the name has to be in the row.
 *
 * @param {string} cell Such as 候補者!A12.
 * @param {string} id The candidate's id; '' if the cell alone is meant.
 * @param {string} name The candidate's name; '' if it is not known.
 * @returns {boolean} Whether something was found.
 */
function goToRow(cell, id, name) {
  const parts = cellParts_(cell);
  const tab = parts && SpreadsheetApp.getActive().getSheetByName(parts.tab);
  const values = tab && parts.row <= tab.getLastRow() ? rowOf_(tab, parts.row) : null;
  const isRight = values && (!id || values.includes(id));
  const elsewhere = !isRight && id ? find_(tab ? [tab] : SpreadsheetApp.getActive().getSheets(), id) : null;
  const isNamed = !elsewhere && values && name && squeezed_(values.join('')).includes(squeezed_(name));
  const place = tab && parts && (isRight || isNamed) ? tab.getRange(parts.range) : elsewhere;
  if (place) SpreadsheetApp.setActiveRange(place);
  return place !== null;
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} tab
 * @param {number} row
 * @returns {string[]}
 */
function rowOf_(tab, row) {
  return tab.getRange(row, 1, 1, tab.getLastColumn()).getDisplayValues()[0] || [];
}

/**
 * A name in one spelling: family and given name may stand in cells of their own, or be parted by any blank.
 *
 * @param {string} text
 * @returns {string}
 */
function squeezed_(text) {
  return String(text).normalize('NFKC').replace(/\s/g, '');
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet[]} tabs
 * @param {string} id
 * @returns {GoogleAppsScript.Spreadsheet.Range | null}
 */
function find_(tabs, id) {
  for (const tab of tabs) {
    const found = tab.createTextFinder(id).matchEntireCell(true).matchCase(true).findNext();
    if (found) return found;
  }
  return null;
}

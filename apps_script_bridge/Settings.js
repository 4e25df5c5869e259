/** What this spreadsheet knows of its service: the address, in the properties of the document. Nothing here is a secret. */

/** @returns {string} */
function storedService_() {
  const stored = PropertiesService.getDocumentProperties().getProperty(CONTRACT.property);
  return serviceAddress_(stored); // other scripts and people can write properties
}

/**
 * Look whether a service of ours is at this address; if so, keep it. Called by the guide.
 *
 * A service that knows us but keeps us from this sheet is the right one all the same.
 *
 * @param {string} typed
 * @param {string} language
 * @returns {{isKept: boolean, isOpen: boolean, text: string}}
 */
function saveService(typed, language) {
  const spoken = languageOf_(String(language));
  const words = WORDS_[spoken].guide;
  const address = serviceAddress_(typed);
  if (!address) return { isKept: false, isOpen: false, text: words.noAddress };
  const answer = ask_(address, 'GET', `${CONTRACT.paths}session?lang=${spoken}`, null);
  const { error, workbook } = JSON.parse(answer.body);
  if (error && typeof error.name === 'string' && typeof error.text === 'string') {
    const isService = !Object.prototype.hasOwnProperty.call(WORDS_[spoken].trouble, error.name);
    if (isService) keepService_(address);
    return { isKept: isService, isOpen: false, text: error.text };
  }
  if (!workbook) return { isKept: false, isOpen: false, text: WORDS_[spoken].trouble.not_our_service };
  keepService_(address);
  return { isKept: true, isOpen: true, text: words.fine.replace('{title}', SpreadsheetApp.getActive().getName()) };
}

/** @param {string} address */
function keepService_(address) {
  PropertiesService.getDocumentProperties().setProperty(CONTRACT.property, address);
}

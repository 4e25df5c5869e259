// The open spreadsheet, as it stands in Google at this moment: read over the Sheets API.

async function read({ root, token, id }, path) {
  const answer = await fetch(`${root}/v4/spreadsheets/${id}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`the spreadsheet answered ${answer.status}`);
  return answer.json();
}

export async function titleOf(spreadsheet) {
  return spreadsheet.root ? (await read(spreadsheet, '?fields=properties.title')).properties.title : '';
}

export async function tabsOf(spreadsheet) {
  const { sheets } = await read(spreadsheet, '?fields=sheets.properties.title');
  return sheets.map(({ properties }) => properties.title);
}

/** What can be seen in a tab, every row as wide as the widest. */
export async function valuesOf(spreadsheet, tab) {
  const { values = [] } = await read(spreadsheet, `/values/${encodeURIComponent(`'${tab.replaceAll("'", "''")}'`)}`);
  const width = Math.max(0, ...values.map((row) => row.length));
  return values.map((row) => [...row, ...Array(width - row.length).fill('')]);
}

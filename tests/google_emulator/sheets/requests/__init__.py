"""The kinds of request that `spreadsheets.batchUpdate` takes, one function each, by what they are about."""

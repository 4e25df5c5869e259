"""書き出し: what leaves a workbook for the analysis of many, and what must not."""

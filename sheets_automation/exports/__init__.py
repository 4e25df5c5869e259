"""Exported tables: Parquet files in folders by workbook and month, and the analysis of them by SQL."""

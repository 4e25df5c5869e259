"""Scheduled jobs over many workbooks: `relay run`, one task of a Cloud Run job or a line of cron."""

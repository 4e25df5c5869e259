"""設定: what the operator sets in a TOML file and HR in the workbook, checked at the start and told all at once."""

from sheets_automation.config.finding import find_config
from sheets_automation.config.problems import ConfigurationWrong, Problem
from sheets_automation.config.reading import load_config, read_config
from sheets_automation.config.sections import Config
from sheets_automation.config.settings_tab import apply_settings

__all__ = ["Config", "ConfigurationWrong", "Problem", "apply_settings", "find_config", "load_config", "read_config"]

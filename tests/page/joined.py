"""The page as one script, as a spreadsheet's sidebar needs it: it can load no modules."""

from apps_script_bridge.join_page import in_order, joined_script

__all__ = ["BRIDGE", "in_order", "joined_script"]

BRIDGE = """
  window.calls = [];
  window.google = { script: { run: { withSuccessHandler(done) { return { withFailureHandler(failed) { return {
    callService(method, path, body) {
      calls.push(path);
      const headers = { 'Content-Type': 'application/json' };
      fetch(path, { method, headers, body: body === null ? undefined : JSON.stringify(body) })
        .then(async answer => done({ status: answer.status, body: await answer.text() }), failed);
    } } } } } } } };
"""
"""What a sidebar has of its spreadsheet's script: each call goes to the service behind it."""

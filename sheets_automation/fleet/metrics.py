"""Metrics by OpenTelemetry, for whoever wants them: off unless the roster says `metrics = true`.

What is counted is how many letters and errands ended how, never whose. Where it goes, the standard variables say
(OTEL_EXPORTER_OTLP_ENDPOINT, …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import DeliveryState
from sheets_automation.fleet.outcomes import Outcome
from sheets_automation.fleet.tasks import Task
from sheets_automation.installing import install_line

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider

_LETTERS = tuple(state.value for state in DeliveryState)


class Metrics:
    """Counts outcomes, and sends what it counted when it is closed, and each minute before."""

    def __init__(self, provider: MeterProvider) -> None:
        self._provider = provider
        meter = provider.get_meter("sheets_automation")
        self._letters = meter.create_counter("relay.letters", unit="{letter}", description="letters, by how they ended")
        self._errands = meter.create_counter("relay.errands", unit="{errand}", description="errands, by how they ended")
        self._seconds = meter.create_histogram("relay.errand.duration", unit="s", description="time of one errand")

    def take(self, outcome: Outcome) -> None:
        """Count one errand."""
        about = {"errand": outcome.errand}
        self._errands.add(1, {**about, "state": outcome.state.value})
        self._seconds.record(outcome.seconds, about)
        for state in _LETTERS:
            if number := outcome.counts.get(state, 0):
                self._letters.add(number, {"state": state})

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


class _NoMetrics:
    """Counts nothing."""

    def take(self, outcome: Outcome) -> None:
        """Let it pass."""

    def close(self) -> None:
        """Nothing is left."""


NO_METRICS = _NoMetrics()


def open_metrics(task: Task) -> Metrics:
    """Metrics that go where the environment says. ConfigurationError where the parts for it lack."""
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.resources import Resource
    except ImportError as error:
        raise ConfigurationError(
            f"OpenTelemetry の部品がありません。{install_line('metrics')} を実行してください。",
            f"The parts for OpenTelemetry are missing. Run {install_line('metrics')}.",
        ) from error
    resource = Resource.create({"service.name": "relay", "service.instance.id": f"{task.execution}/{task.index}"})
    reader = PeriodicExportingMetricReader(OTLPMetricExporter())
    return Metrics(MeterProvider(resource=resource, metric_readers=[reader]))

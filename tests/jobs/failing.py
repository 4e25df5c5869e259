"""A carrier that answers as it is told."""

from sheets_automation.carriers.outbox import OutboxCarrier


class Failing(OutboxCarrier):
    """An outbox that answers with something else than SENT."""

    @classmethod
    def of(cls, house, answers):
        outbox = house.outbox()
        outbox.__class__ = cls
        outbox.answers = list(answers)
        return outbox

    def commit(self, prepared):
        answer = self.answers.pop(0) if self.answers else super().commit(prepared)
        if isinstance(answer, Exception):
            raise answer
        return answer

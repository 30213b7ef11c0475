"""Refusals of agreements that callers tell apart."""

from __future__ import annotations

from silian.foundation.kernel.errors import DomainError

LINK_CLOSED = "这个链接不能用了：可能已签、已过期、已作废，或者地址不完整。请联系发给您链接的单位。"
NOT_CONFIRMED = "姓名或后四位与登记的不一致。请核对后再试；多次不一致，链接会停用。"


class LinkClosed(DomainError):
    """A link that does not work, for whatever reason; the reason is not told (链接失效)."""

    status = 404

    def __init__(self) -> None:
        super().__init__(LINK_CLOSED)


class IdentityNotConfirmed(DomainError):
    """Name or last four characters differ from the register (身份核对不符)."""

    def __init__(self) -> None:
        super().__init__(NOT_CONFIRMED, field="last_four")

"""What a webhook gets: body and headers, signed as Standard Webhooks 1.0 describes.

Receivers check `webhook-signature`: ``v1,`` and the Base64 of HMAC-SHA256 over
``{webhook-id}.{webhook-timestamp}.{body}``, under the secret without ``whsec_``, Base64-decoded.
They refuse a timestamp that is minutes old, and a `webhook-id` they have had already.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime

from review.hooks.port import Delivery, secret_bytes
from review.outbox import Notice


def body_of(notice: Notice) -> bytes:
    """JSON in ASCII: what happened (``type``), when, and to what; the same at every attempt."""
    message = {
        "type": notice.kind.value,
        "timestamp": notice.created_at.isoformat(),
        "data": {
            "task_id": notice.task_id,
            "media_id": notice.media_id,
            "language": notice.language,
            "snapshot_sha256": notice.snapshot_sha256,
        },
    }
    return json.dumps(message, separators=(",", ":")).encode()


def headers_of(delivery: Delivery, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that go with a body that is sent now."""
    message_id, seconds = f"msg_{delivery.notice.notice_id}", str(int(now.timestamp()))
    return {
        "content-type": "application/json",
        "user-agent": "Polycue",
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": signature(delivery.secret, message_id, seconds, body),
    }


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Of one message, in the first version of the scheme."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    made = hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"

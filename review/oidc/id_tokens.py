"""What a provider says of somebody, signed: the ID token. The only module that knows joserfc."""

import hmac
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from review.access.identity import MAX_SUBJECT_CHARS, Identity, clean_email
from review.errors import InvalidEditError
from review.oidc.errors import ProviderLoginError, UnknownKeyError

# Signatures by a key that only the provider has. Never HS…, which anybody with the client's secret
# could make, and never "none".
_ALGORITHMS = [
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
]
_LEEWAY_S = 60
_MAX_NAME_CHARS = 300


def identity_in(
    id_token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str
) -> Identity:
    """Whom an ID token speaks of (OpenID Connect Core 1.0, 3.1.3.7).

    Args:
        id_token: As the provider sent it.
        keys: The provider's JSON Web Key Set.
        issuer: Of the provider.
        client_id: Ours: the token must be meant for us.
        nonce: Of the visit: the token must be the answer to it.

    Raises:
        UnknownKeyError: perhaps the provider has new keys.
        ProviderLoginError: it is not what it has to be.
    """
    claims = _claims(id_token, keys, issuer)
    audience = claims.get("aud")
    meant_for = audience if isinstance(audience, list) else [audience]
    if client_id not in meant_for:
        raise ProviderLoginError("its answer is meant for another program")
    if claims.get("azp", client_id) != client_id or (len(meant_for) > 1 and "azp" not in claims):
        raise ProviderLoginError("its answer was asked for by another program")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ProviderLoginError("its answer belongs to another visit")
    return _identity(claims)


def _claims(id_token: str, keys: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    try:
        known = KeySet.import_key_set(dict(keys))  # type: ignore[arg-type]
        registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
        token = jwt.decode(id_token, known, registry=registry)
        jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": issuer},
            sub={"essential": True},
            aud={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(token.claims)
    except InvalidKeyIdError as error:
        raise UnknownKeyError("its answer is signed with an unknown key") from error
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderLoginError(f"its answer is not good ({type(error).__name__})") from error
    return dict(token.claims)


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= MAX_SUBJECT_CHARS:
        raise ProviderLoginError("it does not say who it is")
    name = claims.get("name") or claims.get("preferred_username") or ""
    return Identity(
        subject=subject,
        email=_verified_email(claims),
        name=str(name)[:_MAX_NAME_CHARS],
    )


def _verified_email(claims: Mapping[str, Any]) -> str:
    """The address if the provider has verified it: nobody else's word counts."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return ""
    try:
        return clean_email(email)
    except InvalidEditError:
        return ""

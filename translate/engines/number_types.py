"""What the weights of a converted model are kept in."""

from enum import StrEnum


class Quantization(StrEnum):
    """Number types, as CTranslate2 names them; small ones are quick, and about as good."""

    INT8 = "int8"
    INT8_FLOAT16 = "int8_float16"
    INT8_BFLOAT16 = "int8_bfloat16"
    INT16 = "int16"
    FLOAT16 = "float16"
    BFLOAT16 = "bfloat16"
    FLOAT32 = "float32"

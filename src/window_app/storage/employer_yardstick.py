"""A directory of many made-up employers to measure with, and what somebody might type to find one."""

from collections.abc import Iterator
from random import Random

from window_app.domain.employers import Employer
from window_app.storage.employer_directory import StoredEmployers

_TOWNS = ("上海", "杭州", "宁波", "温州", "绍兴", "广州", "深圳", "佛山", "东莞", "徐州", "苏州", "合肥")
_SIGNS = "鑫盛隆达恒信泰华瑞丰宏远兴业中联东方金龙大成诺科创智慧云海天地和谐美佳康宁安顺德仁义礼福祥博雅聚源通力晨旭"
_TRADES = (
    "餐饮管理",
    "服装",
    "建筑劳务",
    "物流",
    "电子科技",
    "机械制造",
    "信息技术",
    "商贸",
    "物业服务",
    "人力资源",
    "文化传媒",
    "网络科技",
)
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "经营部", "厂")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def fill_with_employers(directory: StoredEmployers, count: int, seed: int = 5) -> None:
    """Put so many different employers into the directory, as an import does."""
    chance = Random(seed)  # noqa: S311 # names for a measurement, no secrets
    with directory.draft(keep=False) as draft:
        for at in range(count):
            name = "".join(
                (
                    chance.choice(_TOWNS),
                    *chance.choices(_SIGNS, k=chance.choice((2, 2, 3, 4))),
                    chance.choice(_TRADES),
                    chance.choice(_FORMS),
                )
            )
            code = f"91{chance.randrange(110000, 659000):06d}{''.join(chance.choices(_LETTERS, k=4))}{at:06d}"
            draft.add(Employer(name, code, f"示范路{at % 999}号", f"王{chance.choice(_SIGNS)}", "", "", "F"))
        draft.adopt("bench")


def employers_sought(seed: int = 6) -> Iterator[str]:
    """Yield what somebody might type: part of a name, initials, either end of a code, words."""
    chance = Random(seed)  # noqa: S311 # names for a measurement, no secrets
    while True:
        yield "".join(chance.choices(_SIGNS, k=2))
        yield "".join(chance.choice("xslhtfyzdjcgkw") for _ in range(chance.choice((2, 3, 4))))
        yield f"91{chance.randrange(110000, 659000):06d}"
        yield f"{''.join(chance.choices(_LETTERS, k=2))}{chance.randrange(10_000):04d}"
        yield chance.choice(_TOWNS) + "".join(chance.choices(_SIGNS, k=2))
        yield f"{chance.choice(_TOWNS)} {chance.choice(_TRADES)} {chance.choice(_SIGNS)}"

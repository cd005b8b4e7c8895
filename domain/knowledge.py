"""What the shop knows beside its goods: articles that advice is taken from."""

from dataclasses import dataclass
from enum import Enum


class Category(Enum):
    BRANDS = "brands"
    GUIDES = "guides"
    FAQ = "faq"
    COMPARISONS = "comparisons"
    POLICIES = "policies"
    PROCEDURES = "procedures"
    RETURNS = "returns"
    WARRANTY = "warranty"
    DELIVERY = "delivery"
    PROMOTIONS = "promotions"
    NEWS = "news"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    text: str
    category: Category

"""A small program that imports a module of its own."""
import basket


def main():
    total = basket.Basket([3, 4, 5]).total()
    print("total", total)


if __name__ == "__main__":
    main()

from maturity.cli.main import main

main()

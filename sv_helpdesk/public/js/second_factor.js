// Says in words why somebody of ours sees nothing: the keys are missing, or their session lacks the second factor.

$(document).on("app_ready", () => {
	if (frappe.boot.sv_keys_missing) {
		const missing = __(
			"No case can be opened now, because the keys are missing. Ask who runs the server to put the key file back."
		);
		$("<div class='alert alert-danger text-center mb-0' role='status'>").text(missing).prependTo("body");
	}
	if (!frappe.boot.sv_second_factor_missing) return;
	const text = __("You see no cases yet: this session needs your second factor.");
	const link = $("<a href='/second-factor'>").text(__("Enter the code"));
	$("<div class='alert alert-warning text-center mb-0' role='status'>")
		.text(`${text} `)
		.append(link)
		.prependTo("body");
});
